package com.acme.generated;

import feign.Param;
import feign.RequestLine;
import feign.Response;

/** Implemented by Feign. */
public interface RatesClient {

  @RequestLine("GET /rates/{currency}")
  String rate(@Param("currency") String currency);

  @RequestLine("GET /rates/{currency}")
  Response rateResponse(@Param("currency") String currency);

  @RequestLine("PUT /rates/{currency}")
  String save(@Param("currency") String currency, String rate);
}
