/**
 * The Lambda functions of the traffic pipeline, written for AWS and deployable there unchanged.
 *
 * <p>Two state machines use them. The one of the article calls {@link
 * dev.polder.examples.traffic.functions.RunDataCrawler}, {@link
 * dev.polder.examples.traffic.functions.GetCrawlerState}, {@link
 * dev.polder.examples.traffic.functions.RunETLInsertAthena} and {@link
 * dev.polder.examples.traffic.functions.GetAthenaState} and polls; the better one lets the service
 * integrations wait and calls {@link dev.polder.examples.traffic.functions.PlanRanges}. Both end a
 * range with {@link dev.polder.examples.traffic.functions.RemoveReplaced}, so that filling a day
 * again replaces it.
 */
@NullMarked
package dev.polder.examples.traffic.functions;

import org.jspecify.annotations.NullMarked;
