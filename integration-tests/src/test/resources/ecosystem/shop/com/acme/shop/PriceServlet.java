package com.acme.shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers with the deployment's name and the product that was asked for. */
public final class PriceServlet extends HttpServlet {

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Price price = Shop.price(request.getParameter("product"));
    response.getWriter().print(price.shop() + " " + price.product());
  }
}
