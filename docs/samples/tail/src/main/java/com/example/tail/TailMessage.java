package com.example.tail;

/**
 * Message from a file.
 *
 * @param payload the bytes of the message
 * @param number the number of the message, from 1
 */
public record TailMessage(byte[] payload, long number) {

}
