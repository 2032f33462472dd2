/** The networks that come with Lanewise: their specs, and what is generated from them. */
package dev.lanewise.model.network;
