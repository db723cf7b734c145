/**
 * Administering tenants and plans. The caps that claims and submits are held to change in the same
 * transaction; lowering one stops nothing that runs.
 */
@NullMarked
package dev.muster.application.tenancy;

import org.jspecify.annotations.NullMarked;
