package io.larder.sample;

import java.util.List;
import java.util.function.Function;

/** A page under construction. All text is escaped. Not thread-safe. */
final class Html {

  private final StringBuilder text = new StringBuilder(4_096);

  Html(String title) {
    text.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">");
    element("title", title);
    text.append("</head>\n<body>\n");
    line("h1", title);
  }

  void line(String tag, String content) {
    element(tag, content);
    text.append('\n');
  }

  <T> void list(List<T> items, Function<T, String> describe) {
    text.append("<ul>\n");
    for (T item : items) {
      line("li", describe.apply(item));
    }
    text.append("</ul>\n");
  }

  String finish() {
    return text.append("</body>\n</html>\n").toString();
  }

  private void element(String tag, String content) {
    text.append('<').append(tag).append('>');
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        default -> text.append(c);
      }
    }
    text.append("</").append(tag).append('>');
  }
}
