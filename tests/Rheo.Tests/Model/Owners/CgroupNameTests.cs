using Rheo.Model.Owners;
using Xunit;

namespace Rheo.Tests.Model.Owners;

public sealed class CgroupNameTests
{
    private const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("/docker/" + Id, Id, "")]
    [InlineData("/system.slice/docker-" + Id + ".scope", Id, "docker-" + Id + ".scope")]
    [InlineData("/kubepods/burstable/pod7d1f/" + Id, Id, "")]
    [InlineData("/kubepods.slice/kubepods-pod7.slice/cri-containerd-" + Id + ".scope", Id, "cri-containerd-" + Id + ".scope")]
    [InlineData("/system.slice/containerd.service/kubepods-pod7.slice:cri-containerd:" + Id, Id, "containerd.service")]
    [InlineData("/kubepods.slice/kubepods-pod7.slice/crio-" + Id + ".scope", Id, "crio-" + Id + ".scope")]
    [InlineData("/kubepods/pod7/crio-" + Id, Id, "")]
    [InlineData("/machine.slice/libpod-" + Id + ".scope/container", Id, "libpod-" + Id + ".scope")]
    [InlineData("/libpod_parent/libpod-" + Id, Id, "")]
    [InlineData("/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" + Id + ".scope/container", Id, "libpod-" + Id + ".scope")]
    [InlineData("/system.slice/nerdctl-" + Id + ".scope", Id, "nerdctl-" + Id + ".scope")]
    public void EachRuntimesContainerIsFound(string path, string container, string unit) =>
        Assert.Equal(new CgroupName(container, unit), CgroupName.Parse(path));

    [Theory]
    [InlineData("/", "")]
    [InlineData("", "")]
    [InlineData("/system.slice/sshd.service", "sshd.service")]
    [InlineData("/user.slice/user-1000.slice/user@1000.service/app.slice/app-firefox.scope", "app-firefox.scope")]
    [InlineData("/init.scope", "init.scope")]
    public void AUnitIsTheInnermost(string path, string unit) => Assert.Equal(new CgroupName("", unit), CgroupName.Parse(path));

    [Fact]
    public void SystemdInAContainerHasBoth() =>
        Assert.Equal(new CgroupName(Id, "nginx.service"), CgroupName.Parse($"/docker/{Id}/system.slice/nginx.service"));

    [Theory]
    [InlineData("/machine.slice/libpod-conmon-" + Id + ".scope")] // the container's supervisor, outside of it
    [InlineData("/machine.slice/crio-conmon-" + Id + ".scope")]
    [InlineData("/x" + Id)]
    [InlineData("/docker-" + Id + "0")]
    [InlineData("/docker/0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("/docker-\u202e" + Id)]
    [InlineData("/-" + Id)]
    [InlineData("/:" + Id)]
    [InlineData("/docker/" + Id + "\n")]
    public void WhatOnlyLooksLikeAContainerIsNone(string path) => Assert.Equal("", CgroupName.Parse(path).Container);
}
