using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Xunit;

namespace Rheo.GuestTests;

/// <summary>One case of one test, to be run on an instance of its own.</summary>
/// <param name="Method">The test.</param>
/// <param name="Arguments">One a parameter; none of a test without cases.</param>
/// <param name="Skip">Why it does not run here; null when it does.</param>
internal sealed record TestCase(MethodInfo Method, object?[] Arguments, string? Skip)
{
    private static readonly RemarkLines s_remarks = new();

    public string Name => $"{Method.DeclaringType!.FullName}.{Method.Name}"
        + (Arguments.Length == 0 ? "" : $"({string.Join(", ", Arguments)})");

    /// <summary>Runs it and prints its result; false when it failed.</summary>
    public bool Run()
    {
        if (Skip is not null)
            return Say($"# left out: {Name}: {Skip}");
        var watch = Stopwatch.StartNew();
        try
        {
            Invoke();
            return Say($"ok: {Name} ({watch.Elapsed.TotalSeconds:0.0} s)");
        }
        catch (TargetInvocationException failure) when (failure.InnerException is SkippedTestException skipped)
        {
            return Say($"# left out: {Name}: {skipped.Message}");
        }
        catch (Exception failure)
        {
            Say($"not ok: {Name} ({watch.Elapsed.TotalSeconds:0.0} s)");
            s_remarks.WriteLine((failure.InnerException ?? failure).ToString());
            return false;
        }
    }

    private static bool Say(string line)
    {
        Console.WriteLine(line);
        return true;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The assembly of the tests is kept whole (TrimmerRootAssembly).")]
    private void Invoke()
    {
        var constructor = Method.DeclaringType!.GetConstructors().Single();
        object[] given = constructor.GetParameters().Length == 0 ? [] : [s_remarks];
        var instance = constructor.Invoke(given);
        using (instance as IDisposable)
            Method.Invoke(instance, Arguments);
    }
}
