package io.larder.runtime.codec;

/**
 * What stands in front of each value in a key, so that values of different types never have the
 * same bytes. The numbers are stored: one that was used is never used for something else.
 */
final class KeyTag {

  static final int NULL = 0;
  static final int FALSE = 1;
  static final int TRUE = 2;
  static final int BYTE = 3;
  static final int SHORT = 4;
  static final int CHAR = 5;
  static final int INT = 6;
  static final int LONG = 7;
  static final int FLOAT = 8;
  static final int DOUBLE = 9;
  static final int STRING = 10;
  static final int STRING_UTF16 = 11;
  static final int BIG_INTEGER = 12;
  static final int BIG_DECIMAL = 13;
  static final int UUID = 14;
  static final int ENUM = 15;
  static final int RECORD = 16;
  static final int LIST = 17;
  static final int SET = 18;
  static final int MAP = 19;
  static final int OPTIONAL_EMPTY = 20;
  static final int OPTIONAL = 21;
  static final int OPTIONAL_INT_EMPTY = 22;
  static final int OPTIONAL_INT = 23;
  static final int OPTIONAL_LONG_EMPTY = 24;
  static final int OPTIONAL_LONG = 25;
  static final int OPTIONAL_DOUBLE_EMPTY = 26;
  static final int OPTIONAL_DOUBLE = 27;
  static final int LOCALE = 28;
  static final int CURRENCY = 29;
  static final int URI = 30;
  static final int DATE = 31;

  static final int INSTANT = 40;
  static final int DURATION = 41;
  static final int PERIOD = 42;
  static final int LOCAL_DATE = 43;
  static final int LOCAL_TIME = 44;
  static final int LOCAL_DATE_TIME = 45;
  static final int OFFSET_TIME = 46;
  static final int OFFSET_DATE_TIME = 47;
  static final int ZONED_DATE_TIME = 48;
  static final int YEAR = 49;
  static final int YEAR_MONTH = 50;
  static final int MONTH_DAY = 51;
  static final int ZONE_OFFSET = 52;
  static final int ZONE_REGION = 53;

  static final int BOOLEAN_ARRAY = 60;
  static final int BYTE_ARRAY = 61;
  static final int SHORT_ARRAY = 62;
  static final int CHAR_ARRAY = 63;
  static final int INT_ARRAY = 64;
  static final int LONG_ARRAY = 65;
  static final int FLOAT_ARRAY = 66;
  static final int DOUBLE_ARRAY = 67;
  static final int OBJECT_ARRAY = 68;

  private KeyTag() {}
}
