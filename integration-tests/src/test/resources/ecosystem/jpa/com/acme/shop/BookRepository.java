package com.acme.shop;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.data.jpa.repository.JpaRepository;

/** Implemented by Spring Data. */
public interface BookRepository extends JpaRepository<Book, Long> {

  List<BookTitle> findTitlesByAuthorName(String name);

  Optional<Book> findByTitle(String title);

  Stream<Book> findByAuthorName(String name);
}
