package io.larder.runtime.management;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/**
 * A table whose cells consoles show at once, where they show the class name of anything nested.
 * Rows are told apart by the first column.
 */
final class FlatTable {

  private final CompositeType rowType;
  private final TabularType type;
  private final String[] columns;

  /**
   * A kind of table.
   *
   * @param columns their names; they say what they hold
   * @param types of each column; one type stands for all
   */
  FlatTable(String name, List<String> columns, OpenType<?>... types) {
    this.columns = columns.toArray(String[]::new);
    OpenType<?>[] all =
        types.length == 1
            ? Collections.nCopies(this.columns.length, types[0]).toArray(OpenType<?>[]::new)
            : types;
    try {
      rowType = new CompositeType(name, name, this.columns, this.columns, all);
      type = new TabularType(name, name, rowType, new String[] {this.columns[0]});
    } catch (OpenDataException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  TabularType type() {
    return type;
  }

  /** A table of rows, without those whose first cell another row has too. */
  TabularData of(List<Object[]> rows) {
    TabularDataSupport table = new TabularDataSupport(type);
    for (Object[] row : rows) {
      if (!table.containsKey(Arrays.copyOf(row, 1))) {
        try {
          table.put(new CompositeDataSupport(rowType, columns, row));
        } catch (OpenDataException impossible) {
          throw new IllegalStateException(impossible);
        }
      }
    }
    return table;
  }
}
