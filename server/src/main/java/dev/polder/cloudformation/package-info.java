/// AWS CloudFormation: stacks of resources made from templates, with change sets and the serverless
/// transform, and [Deployment], which puts a local template and its files into a stack.
///
/// A template is checked whole, with the names of all properties, before anything is made. A
/// stack's operation is a durable process: each step is written down before and after it is taken,
/// a process that was killed goes on where it was, and a failed operation is rolled back. Only what
/// changed is updated; resources are made one after the other.
///
/// Not supported and refused by name: nested stacks, other macros, stack policies, notifications,
/// rollback triggers, resource imports. The tags of a stack are its own; its resources do not get
/// them.
@NullMarked
package dev.polder.cloudformation;

import org.jspecify.annotations.NullMarked;
