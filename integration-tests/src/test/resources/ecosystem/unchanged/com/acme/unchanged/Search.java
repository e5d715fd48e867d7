package com.acme.unchanged;

import java.io.IOException;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/** Searches an index of Lucene, before and after a document is added. */
public final class Search {

  private Search() {}

  public static void main(String[] arguments) throws Exception {
    try (Directory directory = new ByteBuffersDirectory();
        IndexWriter writer =
            new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()))) {
      add(writer, "green tea", "black tea with milk", "coffee");
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        say("tea", searcher, "tea", 10);
        say("tea.again", searcher, "tea", 10);
        say("tea.best", searcher, "tea", 1);
        say("coffee", searcher, "coffee", 10);
        say("none", searcher, "water", 10);
        say("none.again", searcher, "water", 10);
      }
      add(writer, "white tea");
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        say("tea.later", new IndexSearcher(reader), "tea", 10);
      }
    }
    End.await();
  }

  private static void add(IndexWriter writer, String... texts) throws IOException {
    for (String text : texts) {
      Document document = new Document();
      document.add(new TextField("text", text, Field.Store.YES));
      writer.addDocument(document);
    }
    writer.commit();
  }

  /** Each call has a query of its own: queries are equal when they ask for the same. */
  private static void say(String name, IndexSearcher searcher, String word, int atMost)
      throws IOException {
    TopDocs found = searcher.search(new TermQuery(new Term("text", word)), atMost);
    StringBuilder line = new StringBuilder(name + "=" + found.totalHits);
    for (ScoreDoc hit : found.scoreDocs) {
      line.append(", ").append(searcher.storedFields().document(hit.doc).get("text"));
      line.append(' ').append(hit.score);
    }
    System.out.println(line);
  }
}
