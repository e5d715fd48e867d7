package io.larder.it.apps.configuration;

import io.larder.it.apps.Probe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads what it has written, on several threads without a pause, each in accounts of its own; calls
 * itself, holds locks and throws; counts what is not as it should be, until a line or the end comes
 * on standard input.
 */
public final class Ledger {

  private static final int THREADS = 3;
  private static final int ACCOUNTS = 8;

  private static final LongAdder ROUNDS = new LongAdder();
  private static final LongAdder OUTDATED = new LongAdder();
  private static final LongAdder WRONG = new LongAdder();
  private static final LongAdder FAILURES = new LongAdder();
  private static volatile boolean over;

  private final AtomicIntegerArray amounts = new AtomicIntegerArray(THREADS * ACCOUNTS);

  private Ledger() {}

  /** Runs until it is told to end. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Ledger ledger = new Ledger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int first = i * ACCOUNTS;
      Thread thread = new Thread(() -> ledger.keep(first));
      thread.start();
      threads.add(thread);
    }
    Probe.say("ready", true);
    while (System.in.read() == '\n') { // each line but the last, which is not empty, is a question
      Probe.say("rounds", ROUNDS.sum());
    }
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
    Probe.say("outdated", OUTDATED.sum());
    Probe.say("wrong", WRONG.sum());
    Probe.say("failures", FAILURES.sum());
  }

  private void keep(int first) {
    for (int round = 1; !over; round++) {
      int account = first + round % ACCOUNTS;
      try {
        int written = write(account, round);
        int read = read(account);
        int readAgain = read(account);
        if (written != round || read != round || readAgain != round) {
          OUTDATED.increment();
        }
        int small = round % 12;
        if (factorial(small) != factorials(small) || locked("a", small) != small + 1) {
          WRONG.increment();
        }
        expectThrown(small);
      } catch (RuntimeException | Error failure) {
        FAILURES.increment();
        failure.printStackTrace();
      }
      ROUNDS.increment();
    }
  }

  private static void expectThrown(int number) {
    try {
      throwing(number);
      WRONG.increment();
    } catch (IllegalStateException thrown) {
      if (!("no " + number).equals(thrown.getMessage())) {
        WRONG.increment();
      }
    }
  }

  private int read(int account) {
    return amounts.get(account);
  }

  private int write(int account, int amount) {
    amounts.set(account, amount);
    return amount;
  }

  private static long factorial(int number) {
    return number < 2 ? 1 : number * factorial(number - 1);
  }

  private static long factorials(int number) {
    long product = 1;
    for (int i = 2; i <= number; i++) {
      product *= i;
    }
    return product;
  }

  private synchronized int locked(String text, int number) {
    return text.length() + number;
  }

  private static int throwing(int number) {
    throw new IllegalStateException("no " + number);
  }
}
