/**
 * What an operation of the API is, apart from any web framework.
 *
 * <p>A {@link Route} declares an operation: method, path, who may call it, its limits, and the
 * handler. It is open for a stated reason or needs an action of the domain; there is no third way,
 * so that a route without a permission cannot be written. A {@link Handler} is given a {@link
 * Request} and returns an {@link Answer}; it refuses by throwing. {@link RouteTable} holds all
 * routes, and is what the tests compare with the OpenAPI document and the permissions.
 */
@NullMarked
package dev.muster.http.route;

import org.jspecify.annotations.NullMarked;
