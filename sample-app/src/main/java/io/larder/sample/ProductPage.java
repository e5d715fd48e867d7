package io.larder.sample;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The page of one product. It is put together anew for each request from what the parts of the shop
 * say: they, not the page, are what is worth keeping. Thread-safe.
 */
final class ProductPage {

  private final Database database;
  private final Products products;
  private final Reviews reviews;
  private final Stock stock;
  private final Recommendations recommendations;
  private final Departments departments;

  ProductPage(Database database) {
    this.database = database;
    this.products = new Products(database);
    this.reviews = new Reviews(database);
    this.stock = new Stock(database);
    this.recommendations = new Recommendations(database);
    this.departments = new Departments(database);
  }

  /**
   * The page as HTML; the same request gives the same text as long as the database is the same.
   *
   * @return empty when there is no such product
   */
  Optional<String> render(PageRequest request) {
    return products.find(request.productId()).map(product -> render(product, request));
  }

  private String render(Product product, PageRequest request) {
    Html html = new Html(product.name());
    html.line("p", product.department() + " / " + product.category() + " / " + product.sku());
    html.line("p", product.description());
    html.line("p", "By " + product.brand() + ", " + product.weightGrams() + " g");
    price(html, Prices.quote(database, product.id(), request.currency()));
    availability(
        html,
        stock.sellable(product.id()),
        stock.inRegion(product.id(), request.region()),
        request.region());
    reviews(html, reviews.digest(product.id()));
    teasers(
        html,
        "Often bought together",
        recommendations.alsoBought(product.id()),
        times -> "together " + times + " times");
    teasers(
        html,
        "Similar and well rated",
        recommendations.similar(product.id()),
        tenths -> stars(tenths) + " stars");
    teasers(
        html,
        "Bestsellers in " + product.category(),
        recommendations.bestsellers(product.categoryId()),
        units -> units + " sold");
    brands(html, product, departments.brands(product.departmentId()));
    return html.finish();
  }

  private static void price(Html html, Price price) {
    html.line("p", price.now() + " " + price.currency());
    html.line("p", "Lowest price of the last 30 days: " + price.lowest() + " " + price.currency());
  }

  private static void availability(
      Html html, int sellable, List<StockLevel> nearby, Region region) {
    html.line("h2", sellable + " in stock");
    html.list(
        nearby,
        level ->
            "%d in %s (%s), %d days"
                .formatted(level.available(), level.city(), region, level.transitDays()));
  }

  private static void reviews(Html html, Reviews.Digest digest) {
    Rating rating = digest.rating();
    html.line(
        "h2",
        "%s stars by %d customers in %d cities"
            .formatted(stars(rating.mean()), rating.count(), rating.cities()));
    html.line("p", "One to five stars: " + rating.stars());
    html.list(
        digest.mostHelpful(),
        review ->
            "%d stars: %s (%s, %s; helpful to %d)"
                .formatted(
                    review.rating(),
                    review.title(),
                    review.customer(),
                    review.city(),
                    review.helpful()));
  }

  private static void teasers(
      Html html, String title, List<Teaser> teasers, IntFunction<String> reason) {
    html.line("h2", title);
    html.list(
        teasers,
        teaser ->
            "%s (%s) /product/%d"
                .formatted(teaser.name(), reason.apply(teaser.weight()), teaser.productId()));
  }

  private static void brands(Html html, Product product, List<BrandShare> brands) {
    html.line("h2", "Brands in " + product.department());
    html.list(
        brands,
        brand ->
            "%s: %d products, from %d.%02d EUR"
                .formatted(
                    brand.brand(),
                    brand.products(),
                    brand.fromCents() / 100,
                    brand.fromCents() % 100));
  }

  private static String stars(int tenths) {
    return tenths / 10 + "." + tenths % 10;
  }
}
