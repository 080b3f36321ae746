import type { Lexicon } from './types.ts';

export const id: Lexicon = {
  tag: 'id',
  script: 'latin',
  nameFollows: ['nama saya', 'nama saya adalah', 'namaku', 'namaku adalah', 'nama aku', 'nama', 'nama lengkap saya', 'panggil saya', 'panggil aku', 'panggil saja', 'perkenalkan nama saya', 'atas nama'],
  selfFollows: ['saya', 'aku', 'ini', 'perkenalkan saya', 'saya adalah', 'dengan', 'perkenalkan'],
  namePrecedes: ['adalah nama saya', 'nama saya', 'disini', 'di sini'],
  stop: `dan atau tapi tetapi karena jika kalau bahwa yang untuk dari di ke pada dengan tanpa oleh dalam tentang adalah ialah apa siapa mengapa kenapa kapan bagaimana mana berapa
saya aku kamu anda dia kami kita mereka ini itu nya punya ada tidak bukan belum sudah akan sedang bisa dapat boleh harus mau ingin suka perlu tahu baik juga hanya sangat lebih paling lagi masih sekarang hari kemarin besok nanti selalu pernah baru saja sekali banyak sedikit semua
ya iya tidak ok oke rahasia halo hai selamat pagi siang sore malam terima kasih makasih maaf tolong mohon silakan bapak ibu pak bu mas mbak
nama email surel telepon nomor hp pesanan order faktur akun harga pengiriman pelanggan pertanyaan masalah bantuan tinggal bekerja kerja berusia umur lahir senang pergi makan minum pikir rasa harap turut setuju mengerti punya memiliki seorang sebuah seekor sekolah rumah buat bersantai
anonim cuma tanya tentu sebentar bentar tunggu asli orang admin operator cs manusia dukungan penjualan pengembalian batal batalkan pribadi privasi penting penasaran haha wkwk wkwkwk
entah bebas terserah jangan informasi ongkir dulu kok sih dong deh`,
  states: `mahasiswa pelajar pelanggan guru dokter perawat murid teknisi chef koki penulis vegetarian vegan perempuan laki-laki muslim kristen orang pria wanita ibu ayah anak kakak adik lapar haus lelah sakit senang sedih bahagia marah takut bosan sibuk kaya miskin tua muda besar kecil tinggi pendek jomblo single menikah belajar tinggal bekerja memiliki mempunyai mencintai menyukai membaca menonton bermain mendengarkan memasak menikmati bernyanyi berasal berlibur berharap berpikir berbicara bertemu butuh cinta dulu ikut ingat jadi jarang kuliah lupa melihat membeli membenci membantu memang mencoba mendapat mengajar menghabiskan menjadi menjual menulis merasa minta pikir percaya pensiunan penggemar penyanyi pelayan pemain pengacara penjual perlu petani pindah pulang rasa rindu sarapan sendiri sekarang sering setuju tertarik terlalu tidur turut yakin khawatir kira keluar benci cukup cuma benar dari di cari asli alergi
cerai terlambat pemalu gembira sendirian model polisi pelukis musisi penari wartawan sekretaris manajer manager tuli kidal malas pengangguran mengantuk ngantuk capek kecewa kesal
bingung gugup tenang lucu ramah jujur pintar bodoh cantik tampan ganteng gemuk kurus hamil hitam putih pirang tentara prajurit supir sopir pilot dosen insinyur arsitek akuntan
bankir kasir pembantu penjahit tukang montir apoteker bidan jaksa hakim peneliti ilmuwan programmer desainer fotografer aktor aktris artis komedian atlet pelatih siswa siswi sarjana
magang relawan pengusaha wiraswasta karyawan karyawati pegawai buruh kuli satpam indonesia jawa sunda batak amerika inggris jerman prancis jepang cina korea katolik hindu buddha
ateis religius janda duda bujangan lajang yatim kembar sulung bungsu lelaki gadis anak-anak manusia robot habis selesai siap mampu telat pergi kerja sekolah liburan bangun mandi
masak baca tulis dengar lihat makan minum main nonton jalan lari renang benar-benar sungguh agak hampir selalu kadang tetap pun sudah telah`,
  stateEndings: '(?:kan|nya)',
  fillers: 'hei hey ya iya tentu boleh ok oke halo hai selamat pagi siang sore malam nama saya adalah ini',
  asksName: 'nama (?:anda|kamu|lengkap|bapak|ibu|kakak|nya)|siapa nama|namanya|dengan siapa saya|boleh tahu nama|^\\W*nama\\s*\\?',
  asksEmail: 'e-?mail|surel',
  asksPhone: 'telepon|nomor (?:hp|wa|telepon|yang|kontak)|whatsapp|hubungi',
  phoneCue: String.raw`telepon|\btelp\b|\bhp\b|\bwa\b|whatsapp|nomor saya|hubungi`,
  ownEmail: '(?:e-?mail|surel|alamat) (?:saya|aku)|emailku|kirim|hubungi saya',
  otherEmail: 'saya (?:menulis|mengirim|menghubungi|menerima)|menerima|dari (?:bos|teman|rekan|istri|suami)|hapus|tambahkan|teruskan',
  invites: {
    opens: String.raw`tolong|mohon|silakan|silahkan|harap|dan|atau|tapi|sila`,
    asks: String.raw`(?:tulis|kirim(?:kan)?|balas|hantar(?:kan)?)… (?:ke|kepada)(?: alamat)?`,
    lets: String.raw`(?:anda|kamu|kalian) (?:bisa|dapat|boleh)(?: juga)? (?:menulis|mengirim(?:kan)?|kirim|membalas|balas|tulis)… (?:ke|kepada)(?: alamat)?`,
  },
  otherNumber: String.raw`(?:pesanan|order|faktur|rekening|kartu|ktp|nik|npwp|resi|kode pos|kode|tiket|pelanggan|referensi|tanggal|harga)(?!\p{L})[^,;.!?]{0,20}$`,
  at: ['at', 'et'],
  dot: ['titik'],
};

export const vi: Lexicon = {
  tag: 'vi',
  script: 'latin',
  nameFollows: ['tôi tên là', 'tên tôi là', 'mình tên là', 'em tên là', 'tên em là', 'tên mình là', 'tôi tên', 'tên là', 'tên', 'họ tên', 'họ và tên', 'gọi tôi là'],
  selfFollows: ['tôi là', 'mình là', 'em là', 'anh là', 'chị là', 'tớ là'],
  namePrecedes: ['là tên tôi', 'đây', 'là tên của tôi'],
  stop: `tôi mình em anh chị bạn ông bà tớ cậu chúng nó họ là và hoặc nhưng vì nếu thì mà của cho với từ đến ở trong ngoài trên dưới không có phải được bị đã đang sẽ vẫn cũng rất quá lắm gì ai sao đâu nào bao nhiêu khi lúc này kia đó đây à ạ nhé nhỉ vâng dạ xin chào cảm ơn lỗi tên email thư điện thoại số đơn hàng giá muốn cần biết hỏi mua bán giúp một hai ba người tại sao tiện bí mật
chờ đợi chút lát sau nữa nhân viên khách riêng tư ẩn danh quan trọng thông tin hỗ trợ haha kkk thôi khỏi`,
  states: 'sinh học giáo bác nhân kỹ khách người một con vợ chồng mẹ bố cha chủ nhân viên công',
  fillers: 'vâng dạ ừ có xin chào tôi là tên mình em à ok',
  asksName: 'tên (?:của |bạn|anh|chị|quý|gì|là)|họ tên|cho (?:biết|hỏi) tên|xưng hô',
  asksEmail: 'e-?mail|thư điện tử',
  asksPhone: 'điện thoại|số (?:đt|liên|nào)|gọi cho',
  phoneCue: 'điện thoại|\\bđt\\b|\\bsđt\\b|số của|zalo|gọi|liên hệ',
  ownEmail: '(?:e-?mail|mail|địa chỉ)(?: của)? (?:tôi|mình|em|là)|gửi cho tôi|liên hệ',
  otherEmail: 'đã (?:viết|gửi|nhận)|nhận được|xóa|thêm|chuyển',
  invites: {
    opens: String.raw`vui lòng|xin|hãy|làm ơn|và|hoặc|nhưng`,
    asks: String.raw`(?:viết|gửi|trả lời|phản hồi)… (?:cho|đến|tới|về|qua)(?: e-?mail| địa chỉ)?`,
    lets: String.raw`(?:bạn|anh|chị|quý vị) (?:có thể|hãy)(?: cũng)? (?:viết|gửi|trả lời|phản hồi)… (?:cho|đến|tới|về|qua)(?: e-?mail| địa chỉ)?`,
  },
  otherNumber: String.raw`(?:đơn hàng|hóa đơn|tài khoản|thẻ|cmnd|cccd|mã|ngày|giá)(?!\p{L})[^,;.!?]{0,20}$`,
  at: ['a còng', 'a móc', 'at'],
  dot: ['chấm'],
};
