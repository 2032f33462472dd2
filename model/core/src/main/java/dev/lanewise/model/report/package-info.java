/**
 * What a training or a model comes to, made visible: logs, event files for TensorBoard, pages,
 * figures of each class, and a search for the learning rate.
 */
package dev.lanewise.model.report;
