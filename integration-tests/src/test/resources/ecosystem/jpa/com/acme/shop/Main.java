package com.acme.shop;

import io.larder.Larder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A Spring Data JPA application without a web server: calls its repositories and ends. */
@SpringBootApplication
public class Main {

  public static void main(String[] arguments) {
    SpringApplication.run(Main.class, arguments).close();
  }

  @Bean
  CommandLineRunner calls(BookRepository books, AuthorRepository authors, Shop shop) {
    return arguments -> {
      Author ada = authors.save(new Author(1, "Ada"));
      books.saveAll(List.of(new Book(1, "Notes", ada), new Book(2, "Engines", ada)));

      reads(books, authors);
      changes(books, shop);
      concurrentRead(books, shop);
      if (arguments.length > 0) {
        detachedEntities(books, authors, shop);
      }
      for (String cache : List.of("titles", "books", "authors")) {
        say(
            cache + ".statistics",
            Larder.statistics(cache)
                .map(each -> each.hitCount() + " hits, " + each.missCount() + " misses")
                .orElse("none"));
      }
    };
  }

  private static void reads(BookRepository books, AuthorRepository authors) {
    int before = Statements.count();
    for (int i = 0; i < 3; i++) {
      say("titles" + i, books.findTitlesByAuthorName("Ada") + " of nobody "
          + books.findTitlesByAuthorName("Eve"));
      say("book" + i, books.findById(1L).map(Book::getTitle) + " " + books.findById(3L).isPresent());
      say("all" + i, books.findAll().stream().map(Book::getTitle).sorted().toList());
      say("author" + i, withBooks(authors.findWithBooks("Ada")));
    }
    say("statements", Statements.count() - before);
    say("class", books.getClass().getName());
  }

  private static String withBooks(Optional<Author> author) {
    return author.map(each -> each.getName() + " of " + each.getBooks().size()).orElse("nobody");
  }

  private static void changes(BookRepository books, Shop shop) {
    shop.rename(1, "Notes on the Engine");
    say("renamed", books.findTitlesByAuthorName("Ada"));
    say("renamedBook", books.findById(1L).map(Book::getTitle));
    Book second = books.findById(2L).orElseThrow();
    second.setTitle("Difference Engines");
    books.save(second);
    say("saved", books.findTitlesByAuthorName("Ada"));
  }

  /** Another thread reads when all is changed, and nothing is committed. */
  private static void concurrentRead(BookRepository books, Shop shop) {
    AtomicReference<Object> read = new AtomicReference<>();
    shop.renameAndBeforeCommit(
        2,
        "Analytical Engines",
        () ->
            read.set(
                CompletableFuture.supplyAsync(() -> books.findTitlesByAuthorName("Ada")).join()));
    say("readBeforeCommit", read);
    say("readAfterCommit", books.findTitlesByAuthorName("Ada"));
  }

  /** What goes wrong with entities that are cached. */
  private static void detachedEntities(
      BookRepository books, AuthorRepository authors, Shop shop) {
    books.findByTitle("Analytical Engines");
    shop.retitle("Analytical Engines", "Engines again");
    say("retitled", books.findTitlesByAuthorName("Ada"));
    authors.findById(1L);
    say("lazyBooks", answer(() -> shop.countBooks(1)));
  }

  private static Object answer(Supplier<Object> call) {
    try {
      return call.get();
    } catch (RuntimeException thrown) {
      return thrown.getClass().getSimpleName();
    }
  }

  private static void say(String name, Object value) {
    System.out.println(name + "=" + value);
  }
}
