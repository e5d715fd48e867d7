package io.larder.runtime.shared;

/**
 * What Redis does in one step, in Lua. Sent as text each time: Redis knows a script again by its
 * hash, and there is no second round trip after a restart.
 *
 * <p>What tells of invalidations begins with a write that frees memory, if only in name: that is
 * allowed when Redis is full, and after it so is all else, so that invalidations get through; and a
 * replica refuses it, so that nobody takes what a replica says for the state of the store.
 *
 * <p>Numbers are written by {@code %.0f}: Lua's own way rounds the clock.
 */
final class Scripts {

  /** Reads the state. KEYS state. Answers epoch, clock, servers, seconds and microseconds. */
  static final String STATE =
      """
      redis.call('HDEL', KEYS[1], '-')
      local s = redis.call('HMGET', KEYS[1], 'epoch', 'clock', 'nodes')
      local t = redis.call('TIME')
      return {s[1], s[2], s[3], t[1], t[2]}
      """;

  /**
   * Begins an epoch unless somebody did. KEYS state; ARGV servers now, the new epoch, the epoch
   * that must not go on or 0. The clock goes on, and never begins below the time, so that what is
   * older than any invalidation to come also looks it.
   */
  static final String BEGIN =
      """
      redis.call('HDEL', KEYS[1], '-')
      local s = redis.call('HMGET', KEYS[1], 'epoch', 'clock', 'nodes')
      local t = redis.call('TIME')
      if not s[1] or not s[2] or s[3] ~= ARGV[1] or s[1] == ARGV[3] then
        local c = math.max(tonumber(s[2] or '0') + 1, tonumber(t[1]) * 64000)
        s = {ARGV[2], string.format('%.0f', c), ARGV[1]}
        redis.call('HSET', KEYS[1], 'epoch', s[1], 'clock', s[2], 'nodes', s[3])
      end
      return {s[1], s[2], s[3], t[1], t[2]}
      """;

  /** Takes the next number. KEYS state; ARGV epoch. Answers it, or -1 in another epoch. */
  static final String ADVANCE =
      """
      redis.call('HDEL', KEYS[1], '-')
      if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return -1 end
      return redis.call('HINCRBY', KEYS[1], 'clock', 1)
      """;

  /** Takes the next number, or the one that is given where the state is on another node. */
  private static final String NUMBER =
      """
      local function clock(t) return t and tonumber(string.match(t, '^%d+')) end
      local n = ARGV[2]
      if KEYS[2] then
        redis.call('HDEL', KEYS[2], '-')
        if redis.call('HGET', KEYS[2], 'epoch') ~= ARGV[1] then return {-1, 0} end
        n = string.format('%.0f', redis.call('HINCRBY', KEYS[2], 'clock', 1))
      end
      """;

  /**
   * Drops the entries of a key, leaves a tombstone, and tells everybody. KEYS entry, and state if
   * it is on the same node; ARGV epoch, number, channel, message, life of the tombstone in ms.
   * Answers the number, or -1 in another epoch, and how many entries there were.
   */
  static final String FORGET_KEY =
      NUMBER
          + """
          local t = redis.call('HGET', KEYS[1], 't')
          local had = redis.call('HLEN', KEYS[1]) - (t and 1 or 0)
          redis.call('DEL', KEYS[1])
          local last = string.format('%.0f', math.max(clock(t) or 0, tonumber(n)))
          redis.call('HSET', KEYS[1], 't', last)
          redis.call('PEXPIRE', KEYS[1], ARGV[5])
          redis.call('PUBLISH', ARGV[3], n .. ' ' .. ARGV[4])
          return {tonumber(n), had}
          """;

  /**
   * Outdates a tag and tells everybody. KEYS tag, and state if it is on the same node; ARGV epoch,
   * number, channel, message, life of the tag in ms. Answers as {@link #FORGET_KEY}.
   */
  static final String FORGET_TAG =
      NUMBER
          + """
          local v = redis.call('GET', KEYS[1])
          redis.call('DEL', KEYS[1])
          local last = string.format('%.0f', math.max(clock(v) or 0, tonumber(n)))
          redis.call('SET', KEYS[1], last, 'PX', ARGV[5])
          redis.call('PUBLISH', ARGV[3], n .. ' ' .. ARGV[4])
          return {tonumber(n), 0}
          """;

  /**
   * Stores an entry unless its key was invalidated since its load began. KEYS entry, and lease if
   * it was loaded under one; ARGV field, envelope, clock of the load's begin, time to live in ms,
   * token of the lease, channel, message. Answers 1 if stored, 0 if invalidated, -1 if the lease is
   * lost.
   */
  static final String PUT =
      """
      if KEYS[2] and redis.call('GET', KEYS[2]) ~= ARGV[5] then return -1 end
      local t = redis.call('HGET', KEYS[1], 't')
      local clear = not t or tonumber(string.match(t, '^%d+')) <= tonumber(ARGV[3])
      if clear then
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[4]) then
          redis.call('PEXPIRE', KEYS[1], ARGV[4])
        end
      end
      if KEYS[2] then
        redis.call('DEL', KEYS[2])
        redis.call('PUBLISH', ARGV[6], ARGV[7])
      end
      return clear and 1 or 0
      """;

  /**
   * Puts an entry in place of all that was known of its key, and tells everybody; its tombstone
   * names it as what was not outdated. Where the key was invalidated since the method began, nobody
   * can say which came later: then none stays. KEYS entry, and state if it is on the same node;
   * ARGV epoch, number, channel, message, life in ms, clock of the method's begin, field, envelope.
   * Answers the number, or -1 in another epoch, and 1 if stored.
   */
  static final String REPLACE =
      NUMBER
          + """
          local t = clock(redis.call('HGET', KEYS[1], 't')) or 0
          redis.call('DEL', KEYS[1])
          if t <= tonumber(ARGV[6]) then
            redis.call('HSET', KEYS[1], 't', n .. ' ' .. ARGV[7], ARGV[7], ARGV[8])
          else
            redis.call('HSET', KEYS[1], 't', string.format('%.0f', math.max(t, tonumber(n))))
          end
          redis.call('PEXPIRE', KEYS[1], ARGV[5])
          redis.call('PUBLISH', ARGV[3], n .. ' ' .. ARGV[4])
          return {tonumber(n), t <= tonumber(ARGV[6]) and 1 or 0}
          """;

  /** Prolongs a lease that is still held. KEYS lease; ARGV token, life in ms. Answers 1 if so. */
  static final String RENEW =
      """
      if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      return redis.call('PEXPIRE', KEYS[1], ARGV[2])
      """;

  /** Gives a lease back without a result. KEYS lease; ARGV token, channel, message. */
  static final String RELEASE =
      """
      if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      redis.call('DEL', KEYS[1])
      redis.call('PUBLISH', ARGV[2], ARGV[3])
      return 1
      """;

  private Scripts() {}
}
