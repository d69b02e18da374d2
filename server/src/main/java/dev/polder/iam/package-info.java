/// AWS IAM, as far as templates, the command line and Terraform need it: roles, their inline and
/// attached policies, managed policies and tags. What the policies of a role say decides what its
/// sessions may call; every other caller may do everything. Roles are global: the region of a
/// request does not matter.
@NullMarked
package dev.polder.iam;

import org.jspecify.annotations.NullMarked;
