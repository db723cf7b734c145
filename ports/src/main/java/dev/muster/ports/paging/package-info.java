/**
 * Lists in pages, newest first. A cursor names the last item that was seen, so that items made
 * meanwhile move no page.
 */
@NullMarked
package dev.muster.ports.paging;

import org.jspecify.annotations.NullMarked;
