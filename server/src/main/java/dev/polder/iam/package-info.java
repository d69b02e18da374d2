/// AWS IAM, as far as templates, the command line and Terraform need it: roles, their inline and
/// attached policies and their tags. All of it is kept and answered; nothing is enforced, so every
/// caller may do everything. Roles are global: the region of a request does not matter.
@NullMarked
package dev.polder.iam;

import org.jspecify.annotations.NullMarked;
