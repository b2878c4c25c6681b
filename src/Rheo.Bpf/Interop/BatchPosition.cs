namespace Rheo.Bpf.Interop;

/// <summary>Where a batch reads from (null: the beginning) and where the kernel writes how far it came.</summary>
internal readonly unsafe struct BatchPosition(void* from, void* to)
{
    public void* From => from;

    public void* To => to;
}
