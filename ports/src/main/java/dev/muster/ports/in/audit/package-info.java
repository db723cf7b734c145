/** Reading the audit log. */
@NullMarked
package dev.muster.ports.in.audit;

import org.jspecify.annotations.NullMarked;
