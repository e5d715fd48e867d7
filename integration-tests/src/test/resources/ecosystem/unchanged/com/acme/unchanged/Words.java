package com.acme.unchanged;

import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.text.Transliterator;
import com.ibm.icu.util.ULocale;

/** Has ICU write words and numbers. */
public final class Words {

  private Words() {}

  public static void main(String[] arguments) throws Exception {
    Transliterator toLatin = Transliterator.getInstance("Cyrillic-Latin");
    Transliterator toAscii = Transliterator.getInstance("Latin-ASCII");
    NumberFormat german = new RuleBasedNumberFormat(ULocale.GERMAN, RuleBasedNumberFormat.SPELLOUT);
    NumberFormat english = new RuleBasedNumberFormat(ULocale.US, RuleBasedNumberFormat.SPELLOUT);
    for (String round : new String[] {"first", "second", "third"}) {
      String moscow = toLatin.transliterate("\u041c\u043e\u0441\u043a\u0432\u0430");
      System.out.println(round + ".words=" + moscow + " " + toAscii.transliterate("Moskv\u00e4"));
      System.out.println(round + ".numbers=" + german.format(42L) + " " + english.format(42L));
      System.out.println(
          round
              + ".languages="
              + ULocale.getDisplayName("de_AT", "en")
              + " "
              + ULocale.getDisplayName("de_AT", "it"));
    }
    End.await();
  }
}
