/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Headers as they stand on the wire, named as in the kernel's include/uapi/linux. Constants in network byte
 * order end in _BE. */
#ifndef RHEO_WIRE_H
#define RHEO_WIRE_H

#include <bpf/bpf_endian.h>

enum {
	ETH_P_IP_BE = bpf_htons(0x0800),
	ETH_P_ARP_BE = bpf_htons(0x0806),
	ETH_P_TEB_BE = bpf_htons(0x6558), /* transparent Ethernet bridging: Ethernet in GRE and Geneve */
	ETH_P_8021Q_BE = bpf_htons(0x8100),
	ETH_P_IPV6_BE = bpf_htons(0x86dd),
	ETH_P_8021AD_BE = bpf_htons(0x88a8),
	VLAN_VID_MASK = 0x0fff,
};

enum {
	IPPROTO_HOPOPTS = 0,
	IPPROTO_ICMP = 1,
	IPPROTO_IPIP = 4,
	IPPROTO_TCP = 6,
	IPPROTO_UDP = 17,
	IPPROTO_DCCP = 33,
	IPPROTO_IPV6 = 41,
	IPPROTO_ROUTING = 43,
	IPPROTO_FRAGMENT = 44,
	IPPROTO_GRE = 47,
	IPPROTO_AH = 51,
	IPPROTO_ICMPV6 = 58,
	IPPROTO_DSTOPTS = 60,
	IPPROTO_SCTP = 132,
	IPPROTO_UDPLITE = 136,
};

enum {
	TCP_FIN = 1,
	TCP_SYN = 2,
	TCP_RST = 4,
	TCP_ACK = 16,
	TCP_FLAGS = 0x1ff, /* FIN SYN RST PSH ACK URG ECE CWR and AE (once NS) */
};

/* Options as everybody writes them: aligned by two NOPs. */
enum {
	TCP_TIMESTAMPS = 12, /* bytes with the NOPs */
	TCP_SACK_LEAST = 12, /* one block */
	TCP_SACK_BLOCKS = 4, /* at most */
};

#define TCP_TIMESTAMPS_BE bpf_htonl(0x0101080a)
#define TCP_SACK_BE       bpf_htonl(0x01010500) /* the last byte is the option's length */
#define TCP_SACK_MASK_BE  bpf_htonl(0xffffff00)

struct ethhdr {
	__u8 h_dest[6];
	__u8 h_source[6];
	__be16 h_proto;
};

struct vlan_hdr {
	__be16 h_vlan_TCI;
	__be16 h_vlan_encapsulated_proto;
};

struct arphdr {
	__be16 ar_hrd;
	__be16 ar_pro;
	__u8 ar_hln;
	__u8 ar_pln;
	__be16 ar_op;
};

/* What follows struct arphdr for IPv4 over Ethernet; unaligned addresses, hence in halves. */
struct arp_ip4 {
	__u8 ar_sha[6];
	__be16 ar_sip[2];
	__u8 ar_tha[6];
	__be16 ar_tip[2];
};

struct iphdr {
	__u8 version_ihl;
	__u8 tos;
	__be16 tot_len;
	__be16 id;
	__be16 frag_off;
	__u8 ttl;
	__u8 protocol;
	__sum16 check;
	__be32 saddr;
	__be32 daddr;
};

enum {
	IP_MF_BE = bpf_htons(0x2000),
	IP_OFFSET_BE = bpf_htons(0x1fff),
};

struct ipv6hdr {
	__be32 version_class_flow;
	__be16 payload_len;
	__u8 nexthdr;
	__u8 hop_limit;
	__be32 saddr[4];
	__be32 daddr[4];
};

/* Hop-by-hop, routing, destination options (length in units of 8 after the first 8) and AH (units of 4, less
 * 2). */
struct ipv6_opt_hdr {
	__u8 nexthdr;
	__u8 hdrlen;
	__u8 rest[6];
};

enum {
	IP6_TLV_JUMBO = 0xc2, /* RFC 2675 2 */
};

struct frag_hdr {
	__u8 nexthdr;
	__u8 reserved;
	__be16 frag_off;
	__be32 identification;
};

enum {
	IP6_MF_BE = bpf_htons(0x0001),
	IP6_OFFSET_BE = bpf_htons(0xfff8),
};

/* Source and destination port stand first in TCP, UDP, UDP-Lite, SCTP and DCCP. */
struct ports {
	__be16 source;
	__be16 dest;
};

struct tcphdr {
	struct ports ports;
	__be32 seq;
	__be32 ack_seq;
	__be16 offset_flags;
	__be16 window;
	__sum16 check;
	__be16 urg_ptr;
};

struct udphdr {
	struct ports ports;
	__be16 len;
	__sum16 check;
};

/* The common header of SCTP (RFC 9260 3.1) and the shortest of DCCP (RFC 4340 5.1). */
struct sctphdr {
	struct ports ports;
	__be32 vtag;
	__be32 checksum;
};

struct icmphdr {
	__u8 type;
	__u8 code;
	__sum16 checksum;
};

struct gre_base_hdr {
	__be16 flags;
	__be16 protocol;
};

enum {
	GRE_CSUM_BE = bpf_htons(0x8000),
	GRE_ROUTING_BE = bpf_htons(0x4000),
	GRE_KEY_BE = bpf_htons(0x2000),
	GRE_SEQ_BE = bpf_htons(0x1000),
	GRE_VERSION_BE = bpf_htons(0x0007),
};

struct vxlanhdr {
	__u8 flags;
	__u8 reserved[3];
	__be32 vni; /* upper 24 bits */
};

enum {
	VXLAN_VALID_VNI = 0x08,
	VXLAN_PORT_BE = bpf_htons(4789),
	VXLAN_LINUX_PORT_BE =
	    bpf_htons(8472), /* the kernel's default before IANA's number; flannel and Cilium use it */
	GENEVE_PORT_BE = bpf_htons(6081),
};

struct genevehdr {
	__u8 ver_opt_len;
	__u8 flags;
	__be16 proto_type;
	__be32 vni; /* upper 24 bits */
};

#endif
