using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Rheo.Model;

/// <summary>
/// Memory that will be looked at soon is fetched meanwhile. What a busy host makes fills no cache: a short connection is some hundred
/// lines of memory, and waiting for one of them takes longer than most of the work on it. A hint and nothing else. From any thread.
/// </summary>
public static unsafe class Prefetch
{
    private const int CacheLine = 64;

    /// <summary>One line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line<T>(ref readonly T at)
    {
        // SAFETY: a prefetch neither reads nor faults; if the collector moves it meanwhile, it was of no use.
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in at)));
    }

    /// <summary>A struct of several lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void All<T>(ref readonly T at)
    {
        // SAFETY: as above.
        if (Sse.IsSupported)
            Lines((byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in at)), Unsafe.SizeOf<T>());
    }

    /// <summary>The first bytes of an object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Object(object? at, int bytes)
    {
        // SAFETY: as above; the reference is read as the number that it is.
        if (Sse.IsSupported && at is not null)
            Lines(*(byte**)Unsafe.AsPointer(ref at), bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Lines(byte* at, int bytes)
    {
        for (var line = 0; line < bytes; line += CacheLine)
            Sse.Prefetch0(at + line);
        Sse.Prefetch0(at + bytes - 1);
    }
}
