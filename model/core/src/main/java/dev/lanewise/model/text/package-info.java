/** Numbers, JSON and XML as text. */
package dev.lanewise.model.text;
