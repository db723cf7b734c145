package dev.muster.http.route;

/** The methods that the API uses. HEAD is answered wherever GET is. */
public enum Method {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE
}
