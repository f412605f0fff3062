package com.example.tail;

import io.mooring.MessageConnection;

/**
 * Connection that receives the messages that other processes append to a file.
 */
public interface TailConnection extends MessageConnection<TailMessage> {

	/**
	 * Return the number of bytes read since the file was opened.
	 * @return the number of bytes
	 */
	long position();

}
