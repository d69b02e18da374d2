package dev.polder.cloudformation.template;

/// A template, or a value for it, that cannot be used. The message says what and where, in the
/// words of CloudFormation where it has some.
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TemplateException(String message) {
    super(message);
  }
}
