/// Subscriptions: AppSync's real-time protocol, and who gets to hear of which mutation. Knows
/// nothing of WebSockets; whoever has one hands on its messages.
@NullMarked
package dev.polder.appsync.realtime;

import org.jspecify.annotations.NullMarked;
