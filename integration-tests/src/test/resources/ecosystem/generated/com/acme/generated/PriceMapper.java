package com.acme.generated;

import java.math.BigDecimal;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Implemented by MyBatis. */
public interface PriceMapper {

  @Select("select amount from price where product = #{product} and currency = #{currency}")
  BigDecimal find(@Param("product") long product, @Param("currency") String currency);

  @Select("select product from price where currency = #{currency} order by product")
  List<Long> findProducts(String currency);

  @Update("update price set amount = #{amount} where product = #{product}")
  int update(@Param("product") long product, @Param("amount") BigDecimal amount);
}
