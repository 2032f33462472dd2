/** What workers that train one network together need of each other. */
package dev.lanewise.exchange;
