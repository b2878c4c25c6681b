using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>A program that is to be attached to an interface. Threads: one at a time.</summary>
internal sealed class NewHook(Attachment attachment, TcDirection direction)
{
    private readonly int _ifindex = attachment.Device.Index;
    private BpfProgram? _program;

    /// <summary>Whose it will be.</summary>
    internal Attachment Attachment { get; } = attachment;

    /// <summary>It is attached.</summary>
    internal TcLink? Link { get; private set; }

    /// <summary>It could not be attached.</summary>
    internal BpfException? Refusal { get; private set; }

    /// <summary>It is known what becomes of it.</summary>
    internal bool IsSettled => Link is not null || Refusal is not null;

    /// <summary>Takes what the version before had there, if there is such.</summary>
    internal void Prepare(FlowObjects objects)
    {
        try
        {
            _program = objects.Program(Attachment.Device, direction);
            Link = objects.TryTakeOver(_program, _ifindex, direction);
        }
        catch (BpfException refused)
        {
            Refusal = refused;
        }
    }

    /// <summary>Attaches it. Takes as long as the kernel does.</summary>
    internal void Make(FlowObjects objects)
    {
        try
        {
            Link = objects.Attach(_program!, _ifindex, direction);
        }
        catch (BpfException refused)
        {
            Refusal = refused;
        }
    }

    /// <summary>Gives the link to an attachment.</summary>
    internal void GiveTo(Attachment owner) => owner.Add(Link!, _program!);
}
