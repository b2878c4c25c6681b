using System.Runtime.CompilerServices;
using Xunit;

namespace Rheo.KernelTests;

/// <summary>A test with several cases that needs root; it skips itself with the reason otherwise.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!Environment.IsPrivilegedProcess)
            Skip = "needs root";
    }
}
