package com.acme.shop;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** Implemented by Spring Data. */
public interface AuthorRepository extends JpaRepository<Author, Long> {

  @Query("select a from Author a left join fetch a.books where a.name = :name")
  Optional<Author> findWithBooks(String name);
}
