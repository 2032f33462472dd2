/**
 * Convolutions whose channels fall into groups that do not see each other, down to depthwise ones:
 * lanes run across groups where a group is narrower than a vector.
 */
package dev.lanewise.kernel.grouped;
