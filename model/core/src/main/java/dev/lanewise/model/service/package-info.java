/** How what users add is found: networks and data formats. */
package dev.lanewise.model.service;
