using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Rheo.Web;

/// <summary>
/// What connections read into and write from are ordinary arrays, used again by all. Kestrel's own blocks are let go of after ten seconds
/// of rest, and made anew for the next question; they are pinned, so that only a full collection takes them, which nothing may call for
/// in hours: 0.15 MB a minute where somebody asks each ten seconds. Threads: any.
/// </summary>
internal sealed class SharedMemory : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => MemoryPool<byte>.Shared;
}
