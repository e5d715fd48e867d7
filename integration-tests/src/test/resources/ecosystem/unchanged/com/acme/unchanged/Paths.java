package com.acme.unchanged;

import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/** Asks JGraphT for shortest paths in a grid, before and after a shortcut is built. */
public final class Paths {

  private static final int SIDE = 30;

  private Paths() {}

  public static void main(String[] arguments) throws Exception {
    Graph<String, DefaultWeightedEdge> grid = grid();
    DijkstraShortestPath<String, DefaultWeightedEdge> before = new DijkstraShortestPath<>(grid);
    say("path", before.getPath("0/0", "29/29"));
    say("again", before.getPath("0/0", "29/29"));
    say("back", before.getPath("29/29", "0/0"));
    System.out.println("weight=" + before.getPathWeight("0/0", "29/29"));

    grid.setEdgeWeight(grid.addEdge("1/1", "28/28"), 1);
    say("shortcut", new DijkstraShortestPath<>(grid).getPath("0/0", "29/29"));
    End.await();
  }

  private static Graph<String, DefaultWeightedEdge> grid() {
    Graph<String, DefaultWeightedEdge> grid = new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    for (int x = 0; x < SIDE; x++) {
      for (int y = 0; y < SIDE; y++) {
        grid.addVertex(x + "/" + y);
        if (x > 0) {
          grid.setEdgeWeight(grid.addEdge((x - 1) + "/" + y, x + "/" + y), 1 + (x * 7 + y) % 11);
        }
        if (y > 0) {
          grid.setEdgeWeight(grid.addEdge(x + "/" + (y - 1), x + "/" + y), 1 + (x + y * 5) % 13);
        }
      }
    }
    return grid;
  }

  private static void say(String name, GraphPath<String, DefaultWeightedEdge> path) {
    System.out.println(name + "=" + path.getWeight() + " " + path.getVertexList());
  }
}
