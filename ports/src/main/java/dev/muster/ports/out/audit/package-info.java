/** Where the audit log is kept. */
@NullMarked
package dev.muster.ports.out.audit;

import org.jspecify.annotations.NullMarked;
