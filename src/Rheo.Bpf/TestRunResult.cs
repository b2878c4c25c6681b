namespace Rheo.Bpf;

/// <summary>What came of a test run.</summary>
/// <param name="ReturnValue">What the program returned the last time: the verdict. Always 0 with live frames.</param>
/// <param name="DurationNs">Average nanoseconds a repetition, as the kernel measured it; 0 with live frames.</param>
/// <param name="DataLength">Length in bytes of the packet as the program left it, whether or not it fitted into the room given.</param>
/// <param name="ContextLength">Length in bytes of the context as the program left it.</param>
public readonly record struct TestRunResult(int ReturnValue, long DurationNs, int DataLength, int ContextLength);
