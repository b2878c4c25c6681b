using System.Runtime.CompilerServices;
using Xunit;

namespace Rheo.KernelTests;

/// <summary>A test that needs root and, where it says so, a kernel of some age or several processors; it skips itself with the reason otherwise.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    private readonly string? _kernel;
    private readonly int _processors;

    public RootFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!Environment.IsPrivilegedProcess)
            Skip = "needs root";
    }

    /// <summary>The oldest kernel that has what the test needs: "5.18".</summary>
    public string? Kernel
    {
        get => _kernel;
        init
        {
            _kernel = value;
            Skip ??= Lack(value);
        }
    }

    /// <summary>How many processors it needs, where one would wait for another for ever.</summary>
    public int Processors
    {
        get => _processors;
        init
        {
            _processors = value;
            Skip ??= Environment.ProcessorCount < value ? $"needs {value} processors" : null;
        }
    }

    internal static string? Lack(string? kernel) => kernel is not null && Environment.OSVersion.Version < Version.Parse(kernel)
        ? $"needs Linux {kernel}, this is {Environment.OSVersion.Version}"
        : null;
}
