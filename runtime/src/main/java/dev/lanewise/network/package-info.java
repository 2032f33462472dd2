/** What every generated network is made of: blocks in a row, and the base class that runs them. */
package dev.lanewise.network;
