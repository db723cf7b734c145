package dev.muster.domain.planted;

import org.opentest4j.AssertionFailedError;

class UsesWhatItDoesNotDeclareTest {
  AssertionFailedError came_with_somebody_else;
}
