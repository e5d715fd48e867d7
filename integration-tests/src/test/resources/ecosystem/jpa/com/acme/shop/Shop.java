package com.acme.shop;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Changes books; each call is a transaction. */
@Service
public class Shop {

  private final BookRepository books;
  private final AuthorRepository authors;

  Shop(BookRepository books, AuthorRepository authors) {
    this.books = books;
    this.authors = authors;
  }

  /** Changes an entity of this transaction. */
  @Transactional
  public void rename(long id, String title) {
    books.findById(id).orElseThrow().setTitle(title);
  }

  /** Changes an entity, and runs something when all but the commit is done. */
  @Transactional
  public void renameAndBeforeCommit(long id, String title, Runnable action) {
    rename(id, title);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void beforeCommit(boolean readOnly) {
            action.run();
          }
        });
  }

  /** Changes an entity that may be of another transaction. */
  @Transactional
  public void retitle(String from, String to) {
    books.findByTitle(from).orElseThrow().setTitle(to);
  }

  /** Follows a lazy association. */
  @Transactional(readOnly = true)
  public int countBooks(long author) {
    return authors.findById(author).orElseThrow().getBooks().size();
  }
}
