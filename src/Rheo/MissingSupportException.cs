namespace Rheo;

/// <summary>
/// This machine does not let Rheo see its traffic: a right or a kernel feature is missing.
/// The message says which, and the way out; the process ends with exit code 3.
/// </summary>
/// <param name="message">One line for a person: what is missing and how to get it.</param>
/// <param name="cause">The system's own answer, with its errno.</param>
public sealed class MissingSupportException(string message, Exception? cause = null) : Exception(message, cause);
