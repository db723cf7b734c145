/** The audit log over HTTP: a tenant's own, or for operators everyone's. */
@NullMarked
package dev.muster.http.audit;

import org.jspecify.annotations.NullMarked;
