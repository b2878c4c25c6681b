using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>One walk of an iterator, as a stream of bytes.</summary>
internal sealed class IteratorStream(DescriptorHandle handle, string target) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            var result = FileCalls.Read(handle, buffer);
            if (result >= 0)
                return result;
            // EAGAIN: the walk passed a million objects without a word and rests; it goes on with the next read (bpf_seq_read).
            if (result is not (-Errno.EAGAIN or -Errno.EINTR))
                throw new BpfException("read iterator", target, -result);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            handle.Dispose();
        base.Dispose(disposing);
    }
}
