using System.Runtime.CompilerServices;
using Xunit;

namespace Rheo.KernelTests;

/// <summary>A test with several cases that needs root; it skips itself with the reason otherwise.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootTheoryAttribute : TheoryAttribute
{
    private readonly string? _kernel;

    public RootTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!Environment.IsPrivilegedProcess)
            Skip = "needs root";
    }

    /// <inheritdoc cref="RootFactAttribute.Kernel"/>
    public string? Kernel
    {
        get => _kernel;
        init
        {
            _kernel = value;
            Skip ??= RootFactAttribute.Lack(value);
        }
    }
}
