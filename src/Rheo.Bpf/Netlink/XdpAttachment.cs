namespace Rheo.Bpf.Netlink;

/// <summary>The XDP program at a device, whoever put it there.</summary>
/// <param name="Mode">Where it runs; <see cref="XdpMode.Any"/> when programs sit in several places at once.</param>
/// <param name="ProgramId">Its id, as <c>bpftool prog</c> shows it.</param>
public readonly record struct XdpAttachment(XdpMode Mode, uint ProgramId);
