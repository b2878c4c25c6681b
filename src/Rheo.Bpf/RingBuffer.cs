using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// A ring buffer (<c>BPF_MAP_TYPE_RINGBUF</c>), read from its own mapping: programs write records, one reader here takes them in order,
/// without a copy, a callback or a system call per record.
/// </summary>
/// <remarks>
/// Threads: one reader at a time; <see cref="Wake"/> and the counts may be used from any thread.
/// Cost: 3.6 ns a record (16 bytes, NativeAOT on our test machine), no allocation. Kernel: 5.8. The ring holds the map by itself; the object may be disposed of before it.
/// Source: kernel/bpf/ringbuf.c, Documentation/bpf/ringbuf.rst.
/// <code>
/// using var ring = new RingBuffer(obj.Map("events"));
/// while (running)
/// {
///     ring.Wait(TimeSpan.FromMilliseconds(10));
///     using var batch = ring.Read();
///     while (batch.TryRead(out var record))
///         Handle(MemoryMarshal.AsRef&lt;Event&gt;(record));
/// }
/// </code>
/// </remarks>
public sealed unsafe class RingBuffer : IDisposable
{
    private readonly MemoryMapping _consumerPage;
    private readonly MemoryMapping _producerPage;
    private readonly RingView _view;
    private readonly DescriptorHandle _descriptor;
    private readonly Lazy<RingWaiter> _waiter;

    /// <summary>Maps a ring for reading. Reading goes on where the last reader, of this or another process, left off.</summary>
    /// <param name="map">A ring buffer map of a loaded object.</param>
    /// <exception cref="ArgumentException">The map is of another kind.</exception>
    /// <exception cref="BpfException">The kernel refused the mapping.</exception>
    public RingBuffer(BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Type != MapType.RingBuffer)
            throw new ArgumentException($"map {map} is not a ring buffer", nameof(map));
        Name = map.Name;
        CapacityBytes = map.MaxEntries;
        var page = Environment.SystemPageSize;
        _descriptor = DescriptorHandle.Duplicate(map.FileDescriptor, map.Name);
        _consumerPage = MemoryMapping.Create(map, (nuint)page, Libc.ProtRead | Libc.ProtWrite, 0);
        _producerPage = MemoryMapping.Create(map, (nuint)page, Libc.ProtRead, page);
        _view = new RingView(_descriptor, Name, (nuint)CapacityBytes);
        ConsumerPosition = (nuint*)_consumerPage.Address;
        ProducerPosition = (nuint*)_producerPage.Address;
        _waiter = new Lazy<RingWaiter>(() => new RingWaiter(this));
    }

    /// <summary>The map's name.</summary>
    public string Name { get; }

    /// <summary>Size of the ring in bytes. A record takes its length and 8 bytes more, rounded up to 8.</summary>
    public int CapacityBytes { get; }

    /// <summary>Bytes that programs have put in (or reserved) since the ring was made, headers included.</summary>
    public long ProducedBytes => (long)Volatile.Read(ref *Alive(ProducerPosition));

    /// <summary>Bytes that readers have taken since the ring was made, headers included.</summary>
    public long ConsumedBytes => (long)Volatile.Read(ref *Alive(ConsumerPosition));

    /// <summary>Bytes that wait to be read, headers and reserved but unfinished records included.</summary>
    public long AvailableBytes => ProducedBytes - ConsumedBytes;

    internal nuint* ConsumerPosition { get; }

    internal nuint* ProducerPosition { get; }

    /// <summary>Bytes of address space in which the data are mapped now: as much as reading needs.</summary>
    internal long MappedBytes => _view.MappedBytes;

    internal RingView View => _view;

    internal int Descriptor => _descriptor.Descriptor;

    /// <summary>Begins a batch: the records that are in the ring now. Dispose of it to give their room back.</summary>
    /// <remarks>Only one batch may be open at a time. Cost: one load from a cache line that the programs write; a mapping when more waits than is mapped.</remarks>
    /// <exception cref="BpfException">The kernel refused the mapping.</exception>
    public RingBatch Read()
    {
        Alive(ConsumerPosition);
        return new RingBatch(this);
    }

    /// <summary>
    /// Waits until the ring has something to read, another thread calls <see cref="Wake"/>, or the time is over. It returns at once
    /// when something is there already. For programs that submit with the default flags or BPF_RB_FORCE_WAKEUP.
    /// </summary>
    /// <remarks>Cost: at most one or two system calls, no allocation after the first time. It may end early, as timed out, by a signal.</remarks>
    /// <param name="timeout">How long at most, rounded up to milliseconds; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    public RingWake Wait(TimeSpan timeout)
    {
        Interlocked.MemoryBarrier(); // a program wakes who had read all before it, and must see that we have
        return AvailableBytes > 0 ? RingWake.Records : _waiter.Value.Wait(timeout);
    }

    /// <summary>
    /// Waits for the next wake-up that a program raises, whatever lies in the ring. For programs that submit with BPF_RB_NO_WAKEUP
    /// and force a wake-up now and then: the reader comes by on its own timer, and earlier when the ring fills.
    /// </summary>
    /// <remarks>As for <see cref="Wait"/>. A wake-up raised since the last wait counts, unless all was read in the meantime.</remarks>
    /// <param name="timeout">How long at most, rounded up to milliseconds; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    public RingWake WaitForWakeUp(TimeSpan timeout) => _waiter.Value.Wait(timeout);

    /// <summary>Ends a wait of the reading thread, now or the next one. May be called from any thread.</summary>
    public void Wake() => _waiter.Value.Wake();

    /// <summary>Takes the mapping away. The reader must have ended; records taken from it must not be used any more.</summary>
    public void Dispose()
    {
        if (_waiter.IsValueCreated)
            _waiter.Value.Dispose();
        _view.Dispose();
        _producerPage.Dispose();
        _consumerPage.Dispose();
        _descriptor.Dispose();
    }

    private nuint* Alive(nuint* position)
    {
        ObjectDisposedException.ThrowIf(_consumerPage.IsClosed, this);
        return position;
    }
}
