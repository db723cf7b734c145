/** Where tenants and plans are kept. */
@NullMarked
package dev.muster.ports.out.tenancy;

import org.jspecify.annotations.NullMarked;
