using System.Runtime.InteropServices;

namespace Rheo.Capture;

/// <summary>The numbers of a hash: nobody who sends packets may know which set they fall in.</summary>
internal static class HashSeed
{
    /// <summary>Draws new ones.</summary>
    /// <exception cref="IOException">The kernel's source of random numbers cannot be read.</exception>
    internal static void Fill(Span<ulong> seed)
    {
        // From the kernel itself: .NET's generator wants a libssl on the machine, and we want none.
        using var source = new FileStream("/dev/urandom", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        source.ReadExactly(MemoryMarshal.AsBytes(seed));
    }
}
