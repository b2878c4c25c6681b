using Rheo.Warden.Interop;

namespace Rheo.Warden;

/// <summary>The kernel's grace periods.</summary>
internal static class KernelQuiet
{
    private const int AllProcesses = 1; // MEMBARRIER_CMD_GLOBAL: synchronize_rcu

    /// <summary>Waits until every run of a program that had begun when this was called has ended (membarrier(2)).</summary>
    internal static void Await() => _ = ProcessCalls.syscall(SystemCalls.Membarrier, AllProcesses, 0, 0);
}
